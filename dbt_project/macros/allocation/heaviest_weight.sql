{#- The greatest weight whose product with a level of allocate_proportionally fits a bigint. -#}
{% macro heaviest_weight(level) -%}
  {{ int_div('9223372036854775807', 'greatest(' ~ level ~ ', 1)') }}
{%- endmacro %}
