{#- The party size, 1 to 6, of a rank under the thresholds up_to_1 .. up_to_5 of an alias. -#}
{% macro party_size(rank, mix) -%}
  (1{% for size in range(1, 6) %} + ({{ rank }} >= {{ mix }}.up_to_{{ size }})::bigint{% endfor %})
{%- endmacro %}
