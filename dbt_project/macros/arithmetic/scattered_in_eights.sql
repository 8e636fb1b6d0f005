{#-
  The place that index 0 .. is scattered to when runs of eight neighbours stay together: a bijection, as whole runs are scattered and what is left over after the
  last whole run stays. `runs` is an alias with the scatter_keys of the whole runs.
-#}
{% macro scattered_in_eights(index, runs) -%}
  case when {{ whole(index, 8) }} < {{ runs }}.size
    then {{ scattered(whole(index, 8), runs) }} * 8 + ({{ index }}) % 8
    else {{ index }}
  end
{%- endmacro %}
