{#- Whether rules name rows that break them: `set variable shows_rows = true` in the same statement. Else the engine leaves the work out of the plan. -#}
{% macro shows_rows() -%}
  {{ adapter.dispatch('shows_rows')() }}
{%- endmacro %}

{% macro default__shows_rows() -%}
  coalesce(getvariable('shows_rows'), false)
{%- endmacro %}

{#- No switch: a permanent view reads no variable of a session. Only rows that break a rule are named, and so it costs next to nothing. -#}
{% macro spark__shows_rows() -%}
  true
{%- endmacro %}
