{#-
  A rules view, or what has been counted by it if this command has made it (macro keep_counts). A command that only tests counts the rows as they are now.
-#}
{% macro counted_rules(view) -%}
  {{ adapter.dispatch('counted_rules')(view) }}
{%- endmacro %}

{% macro default__counted_rules(view) -%}
  {%- set name = (view | string).split('.')[-1] | replace('"', '') -%}
  {%- set is_made = execute and flags.WHICH in ('build', 'run') and 'model.' ~ project_name ~ '.' ~ name in selected_resources -%}
  {{ (view | string | replace(adapter.quote(target.database) ~ '.', 'rule_counts.', 1)) if is_made else view }}
{%- endmacro %}

{% macro spark__counted_rules(view) -%}
  {{ view }}
{%- endmacro %}
