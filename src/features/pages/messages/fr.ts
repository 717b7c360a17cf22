import type { Messages } from './en.js';

/** French. */
export const fr: Messages = {
  skipToContent: 'Aller au contenu',
  account: 'Compte',
  profile: 'Profil',
  security: 'Sécurité',
  signIn: 'Se connecter',
  signOut: 'Se déconnecter',
  signUp: 'Créer un compte',
  backToSignIn: 'Retour à la connexion',
  toStart: 'Aller à votre compte',

  email: 'Adresse e-mail',
  password: 'Mot de passe',
  newPassword: 'Nouveau mot de passe',
  currentPassword: 'Mot de passe actuel',
  passwordHint: 'Au moins 12 caractères. Quelques mots sans lien entre eux conviennent bien.',
  name: 'Nom',
  language: 'Langue',

  forgotPassword: 'Mot de passe oublié ?',
  noAccountYet: 'Pas encore de compte ?',
  haveAccount: 'Vous avez déjà un compte ?',
  or: 'ou',
  signInWith: (label) => `Continuer avec ${label}`,
  signInWithPasskey: 'Se connecter avec une clé d’accès',
  usePasskey: 'Utiliser une clé d’accès',
  passkeyFailed: 'Cela n’a pas fonctionné. Réessayez ou choisissez un autre moyen.',
  passkeyNeedsScript: 'Les clés d’accès ont besoin de JavaScript.',

  secondStep: 'Encore une étape',
  secondStepLead: 'Votre compte est protégé par un second facteur.',
  code: 'Code de votre application d’authentification',
  codeHint: 'Six chiffres. Un nouveau code apparaît toutes les 30 secondes.',
  goOn: 'Continuer',
  useRecoveryCode: 'Utiliser plutôt un code de secours',
  recoveryCode: 'Code de secours',
  recoveryCodeHint: 'Chaque code ne sert qu’une fois.',
  startAgain: 'Recommencer',

  signUpLead: 'Nous vous enverrons un e-mail pour confirmer votre adresse.',

  forgotTitle: 'Réinitialiser le mot de passe',
  forgotLead:
    'Indiquez votre adresse : nous vous enverrons un lien pour définir un nouveau mot de passe.',
  sendLink: 'Envoyer le lien',
  forgotDoneTitle: 'Consultez votre messagerie',
  forgotDone: 'S’il existe un compte avec cette adresse, un lien est en route.',

  resetTitle: 'Définir un nouveau mot de passe',
  resetLead: 'Vous serez déconnecté partout.',
  setPassword: 'Définir le mot de passe',

  verifyTitle: 'Confirmer votre adresse',
  verifyLead: 'Un clic, et nous savons que cette adresse est la vôtre.',
  confirmAddress: 'Confirmer l’adresse',
  firstPasswordTitle: 'Choisir votre mot de passe',
  firstPasswordLead: 'Cela confirme aussi votre adresse.',

  invitationTitle: 'Vous êtes invité',
  invitationLead: 'Choisissez un nom et un mot de passe, et votre compte est prêt.',
  acceptInvitation: 'Créer le compte',

  notMeTitle: 'Cette connexion n’était pas la vôtre ?',
  notMeLead:
    'Nous vous déconnecterons partout, annulerons votre mot de passe et vous enverrons un e-mail pour en définir un nouveau.',
  notMeButton: 'Sécuriser mon compte',
  notMeDoneTitle: 'Votre compte est sécurisé',
  notMeDone:
    'Toutes les sessions sont terminées. Le lien pour définir un nouveau mot de passe est dans votre messagerie.',

  linkOverTitle: 'Ce lien ne fonctionne plus',
  linkOver: 'Le lien a expiré ou a déjà servi. Demandez-en un nouveau.',

  profileTitle: 'Votre profil',
  profileLead: 'Comment nous nous adressons à vous, et dans quelle langue.',
  addressConfirmed: 'Confirmée',
  addressUnconfirmed: 'Pas encore confirmée. Nous vous avons envoyé un e-mail avec un lien.',
  save: 'Enregistrer',

  securityTitle: 'Sécurité',
  confirmTitle: 'Confirmez que c’est bien vous',
  confirmLead: 'Les modifications demandent ici votre second facteur.',
  confirm: 'Confirmer',

  passwordLead: 'Toutes les autres sessions se terminent quand vous le changez.',
  passwordNone:
    'Votre compte n’a pas de mot de passe. Pour en définir un, demandez un lien par e-mail.',
  changePassword: 'Changer le mot de passe',

  sessionsTitle: 'Où vous êtes connecté',
  thisSession: 'Ce navigateur',
  unknownDevice: 'Appareil inconnu',
  lastUsed: (when) => `Dernière utilisation : ${when}`,
  endSession: 'Déconnecter',
  endSessionOf: (device) => `Déconnecter ${device}`,
  endOtherSessions: 'Déconnecter partout ailleurs',

  factorsTitle: 'Seconds facteurs',
  factorsLead: 'Un moyen en plus du mot de passe, pour qu’un mot de passe volé ne suffise pas.',
  factorsNone: 'Aucun pour le moment.',
  factorTypes: {
    totp: 'Application d’authentification',
    passkey: 'Clé d’accès',
    recovery_codes: 'Codes de secours',
  },
  addedOn: (when) => `Ajouté : ${when}`,
  codesLeft: (count) => (count > 1 ? `${count} restants` : `${count} restant`),
  addTotp: 'Ajouter une application d’authentification',
  addPasskey: 'Ajouter une clé d’accès',
  newRecoveryCodes: 'Créer de nouveaux codes de secours',
  remove: 'Retirer',
  removeOf: (what) => `Retirer ${what}`,

  totpTitle: 'Configurer votre application d’authentification',
  totpScan: 'Scannez cette image avec l’application, puis saisissez le code affiché.',
  totpPicture: 'Code QR pour l’application d’authentification',
  totpSecret: 'Ou saisissez cette clé dans l’application :',
  totpConfirm: 'Terminer la configuration',

  recoveryTitle: 'Vos codes de secours',
  recoveryLead:
    'Gardez-les en lieu sûr. Chacun vous laisse entrer une fois si vous avez perdu vos autres facteurs. Nous ne les montrons que maintenant.',
  recoverySaved: 'Je les ai conservés',

  identitiesTitle: 'Comptes liés',
  identitiesLead: 'D’autres comptes avec lesquels vous pouvez vous connecter.',
  link: (label) => `Lier ${label}`,
  linkTitle: 'Lier vos comptes',
  linkLead:
    'Il existe déjà un compte avec cette adresse. Connectez-vous à ce compte, et nous lierons les deux.',

  doneSignedOut: 'Vous êtes déconnecté.',
  doneSignedUp: 'Consultez votre messagerie pour l’étape suivante. Puis connectez-vous.',
  donePasswordSet: 'Votre nouveau mot de passe est défini. Connectez-vous avec lui.',
  donePasswordChanged: 'Votre mot de passe est changé. Les autres sessions sont terminées.',
  doneVerified: 'Votre adresse est confirmée.',
  doneInvited: 'Votre compte est prêt. Connectez-vous.',
  doneSaved: 'Enregistré.',
  doneConfirmed: 'Merci. Vous pouvez maintenant faire des modifications.',
  doneSessionEnded: 'Cette session est terminée.',
  doneSessionsEnded: 'Toutes les autres sessions sont terminées.',
  doneFactorAdded: 'Votre second facteur est configuré.',
  doneFactorRemoved: 'Retiré.',
  doneIdentityAdded: 'Les comptes sont liés.',
  doneIdentityRemoved: 'Les comptes ne sont plus liés.',
  signInOver: 'Cette connexion a pris trop de temps ou a échoué trop souvent. Recommencez.',

  emailMissing: 'Saisissez votre adresse e-mail.',
  emailInvalid: 'Saisissez une adresse comme ada@example.com.',
  emailTaken:
    'Il existe déjà un compte avec cette adresse. Connectez-vous ou réinitialisez votre mot de passe.',
  emailUnverified:
    'Confirmez d’abord votre adresse e-mail. Nous vous avons envoyé un e-mail avec un lien.',
  nameLength: 'Saisissez un nom de 200 caractères au plus.',
  nameWebAddress: 'Un nom ne peut pas contenir d’adresse web.',
  nameCharacters: 'Le nom contient des caractères que l’on ne peut pas afficher.',
  passwordMissing: 'Saisissez un mot de passe.',
  passwordLength: 'Utilisez de 12 à 128 caractères.',
  passwordCommon: 'C’est l’un des mots de passe les plus courants. Choisissez-en un autre.',
  passwordBreached:
    'Ce mot de passe est connu à la suite d’une fuite de données. Choisissez-en un autre.',
  passwordOwnWords: 'N’utilisez ni votre adresse, ni votre nom, ni le nom de ce service.',
  passwordCharacters:
    'Le mot de passe contient des caractères que l’on ne peut pas saisir partout.',
  currentPasswordWrong: 'Ce n’est pas votre mot de passe actuel.',
  codeWrong: 'Ce code n’est pas correct. Essayez le plus récent.',
  recoveryCodeWrong: 'Ce code de secours n’est pas correct ou a déjà servi.',
  credentialsWrong: 'L’adresse ou le mot de passe n’est pas correct.',
  confirmFirst: 'Confirmez d’abord que c’est bien vous.',
  lastCredential: 'C’est votre dernier moyen de connexion. Ajoutez-en d’abord un autre.',
  identityTaken: 'Ce compte est lié ici à un autre compte.',
  changedElsewhere: 'Cela a été modifié entre-temps. Vérifiez et réessayez.',
  nothingThere: 'Cela n’existe plus.',
  invalidValue: 'Cette valeur n’est pas correcte.',
  rateLimited: 'Trop de tentatives. Patientez un peu et réessayez.',
  registrationClosed: 'Les nouveaux comptes se créent sur invitation seulement.',
  somethingWrong: 'Cela n’a pas fonctionné. Réessayez.',

  problemTitles: {
    notFound: 'Page introuvable',
    tooMany: 'Trop de tentatives',
    forgery: 'Ce formulaire n’est plus à jour',
    forbidden: 'Pas pour ce compte',
    away: 'Nous revenons dans un instant',
    wrong: 'Cela n’a pas fonctionné',
  },
  problemTexts: {
    notFound: 'Il n’y a pas de page à cette adresse.',
    tooMany: 'Patientez un peu et réessayez.',
    forgery:
      'Rouvrez la page et refaites ce que vous vouliez faire. Votre navigateur doit accepter les cookies.',
    forbidden: 'Votre compte n’a pas ce droit.',
    away: 'Le service est occupé ou en réparation. Réessayez dans un instant.',
    wrong: 'Revenez en arrière et réessayez.',
  },
};
