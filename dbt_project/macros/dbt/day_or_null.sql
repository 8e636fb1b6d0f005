{#- A day given as a var, checked, or a typed null. Between these days every date of the data set has a year of four digits. -#}
{% macro day_or_null(name) -%}
  {%- set value = var(name, none) | string -%}
  {%- if var(name, none) is none or not execute -%} null::date
  {%- elif modules.re.fullmatch('\d{4}-\d{2}-\d{2}', value) and '1900-01-01' <= value <= '2999-12-31'
      and run_query("select try_cast('" ~ value ~ "' as date)").columns[0].values()[0] is not none -%} date '{{ value }}'
  {%- else -%} {% do exceptions.raise_compiler_error("var " ~ name ~ " must be a day from 1900-01-01 to 2999-12-31, such as 2026-06-01. Got " ~ value) %}
  {%- endif -%}
{%- endmacro %}
