{#- Whether a text has a match of a regular expression; the pattern is an SQL expression, such as the macro regex makes of one. -#}
{% macro regex_matches(text, pattern) -%}
  {{ adapter.dispatch('regex_matches')(text, pattern) }}
{%- endmacro %}

{% macro default__regex_matches(text, pattern) -%}
  regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro spark__regex_matches(text, pattern) -%}
  regexp_like({{ text }}, {{ pattern }})
{%- endmacro %}
