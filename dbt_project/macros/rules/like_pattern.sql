{% macro like_pattern(text) -%}
  {%- set escaped = 'replace(replace(replace(' ~ text ~ ", '^', '^^'), '%', '^%'), '_', '^_')" -%}
  {{ regex_replace(escaped, regex('\\{[a-z^_]+\\}'), '%') }}
{%- endmacro %}
