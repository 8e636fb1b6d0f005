{#- The format with its first six `#` replaced by drawn digits. -#}
{% macro filled_digits(format, purpose, key) -%}
  {%- set ns = namespace(sql=format) -%}
  {%- for place in range(1, 7) -%}
    {%- set ns.sql = 'regexp_replace(' ~ ns.sql ~ ", '#', substr(digits32(" ~ draw(purpose, key) ~ '), ' ~ place ~ ', 1))' -%}
  {%- endfor -%}
  {{ ns.sql }}
{%- endmacro %}
