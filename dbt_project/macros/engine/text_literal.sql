{#- A text of Jinja's as an SQL literal; Spark reads a backslash of a literal as an escape. -#}
{% macro text_literal(text) -%}
  {{ adapter.dispatch('text_literal')(text) }}
{%- endmacro %}

{% macro default__text_literal(text) -%}
  '{{ text | replace("'", "''") }}'
{%- endmacro %}

{% macro spark__text_literal(text) -%}
  '{{ text | replace('\\', '\\\\') | replace("'", "''") }}'
{%- endmacro %}
