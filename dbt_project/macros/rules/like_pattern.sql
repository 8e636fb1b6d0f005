{#- What a text with slots is like, whatever they are filled with: a pattern for `like`, with `escape '^'`. -#}
{% macro like_pattern(text) -%}
  {%- set escaped = 'replace(replace(replace(' ~ text ~ ", '^', '^^'), '%', '^%'), '_', '^_')" -%}
  {{ regex_replace(escaped, regex('\\{[a-z^_]+\\}'), '%') }}
{%- endmacro %}
