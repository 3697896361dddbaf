SELECT item_{part} AS u_item, since_{part} AS u_since, held_{part} AS u_held FROM set_{part}
