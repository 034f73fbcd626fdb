// upvalue-counter.sema as a JavaScript programmer writes it.
function makeAccount(balance) {
  let changes = 0;
  const change = (amount) => {
    changes++;
    return balance += amount;
  };
  return {
    deposit: change,
    withdraw: (amount) => change(-amount),
    balance: () => balance,
    changes: () => changes,
  };
}

export const N = 200000;

export function main(n) {
  const account = makeAccount(100);
  let highest = 0;
  const note = (balance) => {
    if (balance > highest) highest = balance;
  };
  for (let i = 0; i < n; i++) {
    note(account.deposit(i % 7));
    account.withdraw(i % 5);
  }
  return `${account.balance()} ${account.changes()} ${highest}`;
}

if (import.meta.main) console.log(main(N));
