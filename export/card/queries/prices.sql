-- Lowest and highest price of a ticket by category: over all its events, and in the middle one.
select
    category,
    count(*) as events,
    min(price_min)::double as lowest,
    quantile_disc(price_min, 0.5)::double as usual_low,
    quantile_disc(price_max, 0.5)::double as usual_high,
    max(price_max)::double as highest
from main.events
group by category
order by usual_high desc, category
