{#- One whole unit as a portion. -#}
{% macro one_portion() -%}
  (1::hugeint << {{ portion_bits() }})
{%- endmacro %}
