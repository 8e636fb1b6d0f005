{#- Whether the build has a past season (var past_months). A step over every booking asks here, so that a build without one computes nothing for it. -#}
{% macro has_past_season() -%}
  {{ return(var('past_months') | int > 0) }}
{%- endmacro %}
