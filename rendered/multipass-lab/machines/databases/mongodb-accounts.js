// Makes the accounts that a file declares, whatever was there, and comes in as each: mongosh reads it, told by mongodb.sh where that file is.

const fs = require('fs');
const told = JSON.parse(fs.readFileSync(process.env.TOLD, 'utf8'));
const deadline = Date.now() + 1000 * Number(process.env.PATIENCE);

// A person's editor ends a file with a line break.
const secret = (file) => fs.readFileSync(file, 'utf8').replace(/\r?\n$/, '');

// What is wrong is said without what was sent.
function refuse(fact, error) {
  console.error(`mongodb: ${fact}: ${error.codeName ?? error.name}`);
  process.exit(1);
}

// The certificate has no name for the loopback, and is the only one that is believed.
function connect(address) {
  const host = address.includes(':') ? `[${address}]` : address;
  const tls = `tls=true&tlsCAFile=${encodeURIComponent(told.certificate)}&tlsAllowInvalidHostnames=true`;
  for (;;) {
    try {
      return new Mongo(`mongodb://${host}:27017/?${tls}&serverSelectionTimeoutMS=2000`);
    } catch (error) {
      if (Date.now() > deadline) refuse(`the server does not answer at ${address}`, error);
      sleep(1000);
    }
  }
}

function comesIn(database, user, password) {
  try {
    return database.auth({ user, pwd: password }).ok === 1;
  } catch (error) {
    if (error.codeName !== 'AuthenticationFailed') refuse(`${user} can't come in`, error);
    return false;
  }
}

const admin = connect('127.0.0.1').getDB('admin');
const administrator = {
  pwd: secret(told.administrator),
  roles: ['userAdminAnyDatabase'],
  authenticationRestrictions: [{ clientSource: ['127.0.0.1'] }],
  mechanisms: ['SCRAM-SHA-256'],
};
if (!comesIn(admin, 'administrator', administrator.pwd)) {
  try {
    if (comesIn(admin, 'administrator', secret(process.env.KNOWN))) {
      admin.updateUser('administrator', { pwd: administrator.pwd, mechanisms: administrator.mechanisms });
      console.log('administrator has another password');
    } else {
      // Whoever asks from the host itself may make the first user, and no second one.
      admin.createUser({ user: 'administrator', ...administrator });
      console.log('made administrator');
    }
  } catch (error) {
    refuse('administrator can neither come in nor be made', error);
  }
  if (!comesIn(admin, 'administrator', administrator.pwd)) refuse('administrator', new Error('AuthenticationFailed'));
}

for (const { database, user, password } of told.accounts) {
  const owner = admin.getSiblingDB(database);
  const account = {
    pwd: secret(password),
    roles: [{ role: 'readWrite', db: database }, { role: 'dbAdmin', db: database }],
    authenticationRestrictions: [{ clientSource: [told.network] }],
    mechanisms: ['SCRAM-SHA-256'],
  };
  try {
    if (owner.getUser(user) === null) owner.createUser({ user, ...account });
    else owner.updateUser(user, account);
  } catch (error) {
    refuse(`the server refuses the account ${user} of ${database}`, error);
  }
  if (!comesIn(connect(told.address).getDB(database), user, account.pwd)) {
    refuse(`${user} can't come into ${database} at ${told.address}`, new Error('AuthenticationFailed'));
  }
  console.log(`${user} comes into ${database} from ${told.network}, by TLS`);
}
