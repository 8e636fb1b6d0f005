{#-
  Behind a select: the relation of this name is small and goes to every task, so that the rows it is joined to stay where they are. Else an engine that spreads
  rows may gather all with one key in one task, and a window over a finer key behind the join leaves them there.
-#}
{% macro broadcast_hint(relation) -%}
  {{ adapter.dispatch('broadcast_hint')(relation) }}
{%- endmacro %}

{% macro default__broadcast_hint(relation) -%}{%- endmacro %}

{% macro spark__broadcast_hint(relation) -%}
  /*+ broadcast({{ relation }}) */
{%- endmacro %}
