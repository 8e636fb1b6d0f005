-- Venues by place, category and capacity, which is rounded to a twentieth of a power of ten so that a point may stand for many.
select
    region,
    city,
    neighborhood,
    category,
    min(capacity) as capacity,
    count(*) as venues
from main.venues
group by region, city, neighborhood, category, round(log10(capacity) * 20)
order by region, city, neighborhood, capacity, category
