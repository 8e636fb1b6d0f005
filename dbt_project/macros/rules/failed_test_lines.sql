{#- What a failed test has found: of no_violations a line a rule, of another test one line with the first row; at most 200 characters of words. -#}
{% macro failed_test_lines(result, results) -%}
  {%- set lines = [] -%}
  {%- set found = rows_of_failed_test(result.node, results) -%}
  {%- if 'violations' in found.column_names -%}
    {%- for row in found.rows -%}
      {%- do lines.append(
        row['table_name'] ~ '.' ~ row['rule'] ~ ': ' ~ '{:,} of {:,} rows'.format(row['violations'] | int, row['rows_checked'] | int)
        ~ (', such as ' ~ row['example'][:200] if row['example'] else '')
      ) -%}
    {%- endfor -%}
  {%- else -%}
    {%- set values = [] -%}
    {%- for name in found.column_names if found.rows and found.rows[0][name] is not none -%}
      {%- do values.append(name ~ ' ' ~ found.rows[0][name]) -%}
    {%- endfor -%}
    {%- do lines.append(
      result.node.name ~ ': ' ~ '{:,} {}'.format(result.failures, 'row' if result.failures == 1 else 'rows')
      ~ (', such as ' ~ (values | join(', ')).split() | join(' ') | truncate(200, true, '…', 0) if values else '')
    ) -%}
  {%- endif -%}
  {{ return(lines) }}
{%- endmacro %}
