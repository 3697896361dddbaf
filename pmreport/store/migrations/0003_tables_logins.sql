-- The login name of a person: how a mention in a text of Data Center names them. Cloud has none.
ALTER TABLE user_account ADD COLUMN login VARCHAR;
