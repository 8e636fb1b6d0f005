{#- The party size, 1 to 6, of a rank under the thresholds up_to_1 .. up_to_5 of an alias, none of which is below the one before. -#}
{% macro party_size(rank, mix) -%}
  case{% for size in range(1, 6) %} when {{ rank }} < {{ mix }}.up_to_{{ size }} then {{ size }}{% endfor %} else 6 end
{%- endmacro %}
