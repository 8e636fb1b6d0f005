{% macro require_raw() %}
  {% if not execute or flags.WHICH not in ('build', 'run') %}{% do return('') %}{% endif %}
  {% for file in ['manifest.json', 'users.parquet', 'venues.parquet', 'events.parquet', 'kb_articles.parquet', 'tickets.parquet', 'calls.parquet'] %}
    {% set path = data_dir() ~ '/raw/' ~ file %}
    {% if run_query("select count(*) from glob('" ~ path ~ "')").columns[0].values()[0] == 0 %}
      {% do exceptions.raise_compiler_error(path ~ ' is missing; dbt builds from what extract has pulled. Run: python extract/run.py') %}
    {% endif %}
  {% endfor %}
{% endmacro %}
