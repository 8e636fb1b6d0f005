{% macro regex_split(text, pattern) -%}
  {{ adapter.dispatch('regex_split')(text, pattern) }}
{%- endmacro %}

{% macro default__regex_split(text, pattern) -%}
  string_split_regex({{ text }}, {{ regex(pattern) }})
{%- endmacro %}

{% macro spark__regex_split(text, pattern) -%}
  split({{ text }}, {{ regex(pattern) }})
{%- endmacro %}
