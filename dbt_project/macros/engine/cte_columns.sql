{#-
  The columns of a CTE of the model that is compiled, in order, as the engine names them; none while dbt parses. The model so far is planned, not run. The CTE
  ends at the first line that is a closing bracket alone.
-#}
{% macro cte_columns(cte) -%}
  {%- if not execute -%}{{ return([]) }}{%- endif -%}
  {%- set before, beginning, rest = model.raw_code.partition('\n' ~ cte ~ ' as (\n') -%}
  {%- set written = before ~ beginning ~ rest.partition('\n)')[0] ~ '\n)' -%}
  {{ return(run_query('describe query ' ~ render(written) ~ ' select * from ' ~ cte).columns[0].values() | list) }}
{%- endmacro %}
