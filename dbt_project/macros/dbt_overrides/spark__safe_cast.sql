{#- What a fixture of a unit test casts a value with: dbt's own takes a list of YAML for an expression. -#}
{% macro spark__safe_cast(field, type) -%}
  {%- if field is sequence and field is not string -%}
    {%- set values = [] -%}
    {%- for value in field -%}
      {%- do values.append(regex(value) if value is string else value) -%}
    {%- endfor -%}
    cast(array({{ values | join(', ') }}) as {{ type }})
  {%- else -%}
    cast({{ field }} as {{ type }})
  {%- endif -%}
{%- endmacro %}
