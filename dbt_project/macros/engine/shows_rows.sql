{#- Whether rules name rows that break them (macro rows_of_failed_test). Else the engine leaves the work out of the plan. -#}
{% macro shows_rows() -%}
  {{ adapter.dispatch('shows_rows')() }}
{%- endmacro %}

{% macro default__shows_rows() -%}
  coalesce(getvariable('shows_rows'), false)
{%- endmacro %}

{#- A view reads no variable of a session: the macro rows_of_failed_test reads a view's text with this comment's word for it turned round. -#}
{% macro spark__shows_rows() -%}
  /* shows_rows */ false
{%- endmacro %}
