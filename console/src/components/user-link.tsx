import { Link } from 'wouter';

/** The end of an id tells users of one moment apart; the whole is in the address of the link. */
export function UserLink({ id }: { id: string | null }) {
  if (id === null) return <>–</>;
  return (
    <Link className="word below" href={`/users/${id}`} title={id}>
      …{id.slice(-12)}
    </Link>
  );
}
