# A repository where nobody may write.
# Root may write anywhere but in /proc.
stackwright init /proc/shop --name shop
stackwright init /proc --name shop
