{#-
  Columns of a select from a CTE whose columns are rules: how many rows there are, and for each rule those that break it, a null as much as a false. Every
  column is a rule but `id`, `words` and `places`, which name the first row that breaks a rule where the caller asks for it (macro shows_rows), and the
  `keys`, which the select counts in another way. `places` maps rules to the position in the words that is worth showing. `rules` is the CTE's name.

  count_if refuses a column that is no boolean; of nulls alone it is null.
-#}
{% macro count_violations(id, words=none, places=none, keys=[], rules='rules') -%}
  {{ adapter.dispatch('count_violations')(id, words, places, keys, rules) }}
{%- endmacro %}

{% macro default__count_violations(id, words=none, places=none, keys=[], rules='rules') -%}
  {%- set others = [id, words, places] | select | list + keys -%}
  {%- set rule = 'columns(* exclude (' ~ others | join(', ') ~ '))' -%}
  count(*) as rows_checked,
  {
    'violations': count(*) - coalesce(count_if({{ rule }}), 0),
    'example': arg_min({{ named_row(id, words, places ~ '[alias(' ~ rule ~ ')]' if places) }}, {{ id }})
      filter (where {{ shows_rows() }} and {{ rule }} is not true)
  } as "\0"
{%- endmacro %}

{#- Spark has no columns of a pattern. -#}
{% macro spark__count_violations(id, words=none, places=none, keys=[], rules='rules') -%}
  {%- set others = [id, words, places] | select | list + keys -%}
  count(*) as rows_checked
  {%- for rule in cte_columns(rules) if rule not in others %},
  struct(
    count(*) - coalesce(count_if({{ rule }}), 0) as violations,
    min_by({{ named_row(id, words, places ~ "['" ~ rule ~ "']" if places) }}, {{ id }}) filter (where {{ shows_rows() }} and {{ rule }} is not true) as example
  ) as {{ rule }}
  {%- endfor %}
{%- endmacro %}
