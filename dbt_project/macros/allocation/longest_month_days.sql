{#- Days of the longest month: parts of a month are counted in these, so that a shorter one has room for its part, too. -#}
{% macro longest_month_days() -%}
  31
{%- endmacro %}
