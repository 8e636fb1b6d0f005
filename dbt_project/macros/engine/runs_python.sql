{#- Whether the engine runs Python models: of two measures of analytics.exam_report only Python knows the value, and Spark's report leaves them out. -#}
{% macro runs_python() -%}
  {{ return(adapter.dispatch('runs_python')()) }}
{%- endmacro %}

{% macro default__runs_python() -%}
  {{ return(true) }}
{%- endmacro %}

{% macro spark__runs_python() -%}
  {{ return(false) }}
{%- endmacro %}
