{#- A text with each match of a regular expression replaced; the pattern is an SQL expression, the replacement Jinja's text, in which \\1 is the first group. -#}
{% macro regex_replace(text, pattern, replacement) -%}
  {{ adapter.dispatch('regex_replace')(text, pattern, replacement) }}
{%- endmacro %}

{% macro default__regex_replace(text, pattern, replacement) -%}
  regexp_replace({{ text }}, {{ pattern }}, '{{ replacement | replace("'", "''") }}', 'g')
{%- endmacro %}

{% macro spark__regex_replace(text, pattern, replacement) -%}
  regexp_replace({{ text }}, {{ pattern }}, '{{ replacement | replace('$', '\\\\$') | replace('\\1', '$1') | replace('\\2', '$2') | replace('\\3', '$3') | replace("'", "''") }}')
{%- endmacro %}
