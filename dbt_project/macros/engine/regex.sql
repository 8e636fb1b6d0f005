{#- A regular expression as an SQL literal. The syntax is what RE2 and Java share; Spark reads a backslash of a literal as an escape, and Java takes letters of
    all languages for words at \b where RE2 takes those of ASCII. -#}
{% macro regex(pattern) -%}
  {{ adapter.dispatch('regex')(pattern) }}
{%- endmacro %}

{% macro default__regex(pattern) -%}
  {{ text_literal(pattern) }}
{%- endmacro %}

{% macro spark__regex(pattern) -%}
  {{ text_literal(pattern | replace('\\b', '(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))')) }}
{%- endmacro %}
