{#- What stands between the # of a format, as a list of seven expressions for filled_digits; null beyond the last #. -#}
{% macro digit_parts(format) -%}
  {%- set parts = [] -%}
  {%- for place in range(1, 8) -%}
    {%- do parts.append("string_split(" ~ format ~ ", '#')[" ~ place ~ "]") -%}
  {%- endfor -%}
  {{ return(parts) }}
{%- endmacro %}
