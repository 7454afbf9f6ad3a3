export const Undrawn = ({ what }: { readonly what: string }) => (
  <p className="undrawn">The sandbox does not draw “{what}”. Slack does.</p>
);
