{#-
  Behind the last select of a step: what reads it begins a method of its own. An engine that compiles a whole chain of steps into one method gives up where that
  has more bytecode than the JVM compiles, and then copies every row at every step.
-#}
{% macro cut_hint() -%}
  {{ adapter.dispatch('cut_hint')() }}
{%- endmacro %}

{% macro default__cut_hint() -%}{%- endmacro %}

{#- More partitions than there are: none moves. Of all that reads rows, only this has no code generated. -#}
{% macro spark__cut_hint() -%}
  /*+ coalesce(1000000) */
{%- endmacro %}
