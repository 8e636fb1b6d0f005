{#- The rows that a failed test of this run has found, with the first row that breaks each rule (macro shows_rows). -#}
{% macro rows_of_failed_test(test) -%}
  {{ return(adapter.dispatch('rows_of_failed_test')(test)) }}
{%- endmacro %}

{% macro default__rows_of_failed_test(test) -%}
  {%- set query = test.compiled_code | replace('from rule_counts.', 'from ' ~ adapter.quote(target.database) ~ '.') -%}
  {{ return(run_query('set variable shows_rows = true; ' ~ query)) }}
{%- endmacro %}

{% macro spark__rows_of_failed_test(test) -%}
  {%- set query = namespace(text=test.compiled_code) -%}
  {%- for key in test.depends_on.nodes if 'from ' ~ graph.nodes[key].relation_name in query.text -%}
    {%- set view = graph.nodes[key].relation_name -%}
    {%- for row in run_query('describe extended ' ~ view).rows if row[0] == 'View Text' -%}
      {%- set query.text = query.text | replace('from ' ~ view, 'from (' ~ row[1] | replace('/* shows_rows */ false', 'true') ~ ') as rules_view') -%}
    {%- endfor -%}
  {%- endfor -%}
  {{ return(run_query(query.text)) }}
{%- endmacro %}
