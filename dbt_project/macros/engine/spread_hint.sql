{#- Behind a select: its rows go to every task. An engine that reads a small file by one task would go on with one where few rows become many. -#}
{% macro spread_hint() -%}
  {{ adapter.dispatch('spread_hint')() }}
{%- endmacro %}

{% macro default__spread_hint() -%}{%- endmacro %}

{% macro spark__spread_hint() -%}
  /*+ repartition */
{%- endmacro %}
