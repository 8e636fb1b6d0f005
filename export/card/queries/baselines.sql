-- BM25 by the measures of retrieval research, by split.
select
    split,
    answerable_count as queries,
    bm25_ndcg_at_10 as ndcg_at_10,
    bm25_success_at_1 as success_at_1
from analytics.retrieval_report
where category = 'all' and split != 'all' and answerable_count > 0
order by list_position(['train', 'dev', 'test', 'unseen'], split)
