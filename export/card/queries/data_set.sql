-- What the data set is: seed, day, volume, who wrote it, and with what.
select * from analytics.data_set
