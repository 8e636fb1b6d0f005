{% macro starts_with(text, beginning) -%}
  {{ adapter.dispatch('starts_with')(text, beginning) }}
{%- endmacro %}

{% macro default__starts_with(text, beginning) -%}
  starts_with({{ text }}, {{ beginning }})
{%- endmacro %}

{% macro spark__starts_with(text, beginning) -%}
  startswith({{ text }}, {{ beginning }})
{%- endmacro %}
