{% macro array_slice(list, first, last=none) -%}
  {{ adapter.dispatch('array_slice')(list, first, last) }}
{%- endmacro %}

{% macro default__array_slice(list, first, last=none) -%}
  ({{ list }})[{{ first }}:{{ last if last is not none }}]
{%- endmacro %}

{% macro spark__array_slice(list, first, last=none) -%}
  slice({{ list }}, {{ first }}, {{ 'greatest((' ~ last ~ ') - (' ~ first ~ ') + 1, 0)' if last is not none else 2147483647 }})
{%- endmacro %}
