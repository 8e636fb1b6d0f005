{#-
  The columns of a CTE of the model that is compiled, in order, as the engine names them; none while dbt parses. `before` is the call in the model's last select or
  CTE that asks: what stands before it is planned, not run.
-#}
{% macro cte_columns(cte, before) -%}
  {%- if not execute -%}{{ return([]) }}{%- endif -%}
  {%- set written = model.raw_code.split(before)[0].rstrip() -%}
  {#- A call within a CTE: that CTE is left out. -#}
  {%- set whole = written if written.endswith(')') else written.rpartition('),')[0] ~ ')' -%}
  {{ return(run_query('describe query ' ~ render(whole) ~ ' select * from ' ~ cte).columns[0].values() | list) }}
{%- endmacro %}
