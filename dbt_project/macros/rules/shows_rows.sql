{#- Whether rules name rows that break them: `set variable shows_rows = true` in the same statement. Else the engine leaves the work out of the plan. -#}
{% macro shows_rows() -%}
  coalesce(getvariable('shows_rows'), false)
{%- endmacro %}
