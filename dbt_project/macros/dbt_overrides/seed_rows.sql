{#- The rows of a seed as texts, from the file that the plugin workspace has checked and written in one form (extract/seed_files.py). -#}
{% macro seed_rows(name, columns) -%}
  read_csv(
    getvariable('seeds_dir') || '/{{ name }}.csv', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = { {%- for column in columns %}'{{ column }}': 'varchar'{{ ', ' if not loop.last }}{% endfor -%} }
  )
{%- endmacro %}
