stackwright list
