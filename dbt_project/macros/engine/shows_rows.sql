{#- Whether rules name rows that break them (macro rows_of_failed_test). Else the engine leaves the work out of the plan. -#}
{% macro shows_rows() -%}
  {{ adapter.dispatch('shows_rows')() }}
{%- endmacro %}

{% macro default__shows_rows() -%}
  coalesce(getvariable('shows_rows'), false)
{%- endmacro %}

{#- There is no variable that a permanent view or table reads: the macro rows_of_failed_test turns the word behind the comment round. -#}
{% macro spark__shows_rows() -%}
  /* shows_rows */ false
{%- endmacro %}
