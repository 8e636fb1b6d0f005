{% macro sha256_text(text) -%}
  {{ adapter.dispatch('sha256_text')(text) }}
{%- endmacro %}

{% macro default__sha256_text(text) -%}
  sha256({{ text }})
{%- endmacro %}

{% macro spark__sha256_text(text) -%}
  sha2({{ text }}, 256)
{%- endmacro %}
