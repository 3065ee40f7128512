stackwright render lba
stackwright render production --out out
stackwright render --stack wbe
stackwright render edge --stack web
stackwright verify lba
ls
