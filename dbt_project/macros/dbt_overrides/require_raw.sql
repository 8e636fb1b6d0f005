{#- Stops a build that has nothing whole to read; the plugin landing has looked. -#}
{% macro require_raw() %}
  {% if execute and flags.WHICH in ('build', 'run') %}
    {% set problem = run_query("select getvariable('raw_problem')").columns[0].values()[0] %}
    {% if problem %}{% do exceptions.raise_compiler_error(problem) %}{% endif %}
  {% endif %}
{% endmacro %}
