import type { LanguageWords } from '../language.js';

export const FRENCH: LanguageWords = {
  language: 'fr',
  hasBlanks: true,
  letters: { œ: 'oe', æ: 'ae' },
  stopWords: ['le', 'la', 'les', 'des', 'du', 'et', 'est', 'sont', 'nous', 'vous', 'notre', 'nos', 'votre', 'je', 'une', 'un', 'pour', 'avec', 'ne', 'pas', 'sur', 'dans', 'ce', 'cette', 'comment', 'merci', 'que', 'qui', 'au', 'aux', 'plus', 'depuis', 'être', 'avons', 'bonjour', 'mais', 'ou', 'il', 'par', 'a', 'ont'],
  ownLetters: 'èêàùœ',
  terms: {
    'customer-billing': {
      sure: ['facture', 'factures', 'facture en double', 'facturé deux fois', 'facturés deux fois', 'surfactur*', 'avoir ~ facture', 'note de crédit', 'adresse de facturation', 'numéro de tva', 'période de facturation', 'double facturation'],
      likely: ['facturation', 'facturé*', 'facturer', 'tva', 'montant ~ doublé', 'montant ~ élevé', 'bon de commande', 'prélevé ~ trop'],
      hint: ['montant*', 'coût*', 'comptabilité', 'tarif*', 'prorata'],
    },
    'subscription-management': {
      sure: ['résili* ~ abonnement*', 'annul* ~ abonnement*', 'renouvel* ~ abonnement*', 'suspend* ~ abonnement*', 'abonnement ~ expire*', 'renouvellement automatique', 'changer ~ forfait', 'changer ~ formule', 'nombre de sièges', 'nombre de postes', 'sièges supplémentaires', 'postes supplémentaires', 'résiliation', 'réactiver ~ abonnement', 'passer ~ formule', 'mettre fin ~ abonnement', 'préavis'],
      likely: ['abonnement*', 'renouvellement*', 'renouveler', 'résilier', 'forfait*', 'formule annuelle', 'reconduction'],
      hint: ['sièges', 'annuler', 'échéance', 'formule', 'quantité'],
    },
    'account-setup': {
      sure: ['créer ~ compte', 'création ~ compte', 'ouvrir ~ compte', 'ouverture ~ compte', 'configurer ~ compte', 'nouveau locataire', 'nouveau tenant', 'créer ~ tenant', 'vérif* ~ domaine', 'ajouter ~ domaine', 'administrateur général', 'premier administrateur', 'rattacher ~ tenant', 'création ~ tenant', 'lier ~ tenant'],
      likely: ['tenant*', 'nouveau compte', 'inscription', 's inscrire', 'compte administrateur', 'relation revendeur', 'domaine'],
      hint: ['compte', 'créer', 'administrateur*', 'mise en place'],
    },
    payment: {
      sure: ['carte bancaire', 'carte de crédit', 'carte bleue', 'moyen de paiement', 'mode de paiement', 'moyens de paiement', 'rembours*', 'prélèvement*', 'virement*', 'paiement ~ refusé', 'carte ~ refusée', 'paiement ~ échou*', 'iban', 'sepa', 'relance ~ paiement', 'paiement ~ rejeté', 'carte ~ expirée', 'coordonnées bancaires', 'rib'],
      likely: ['paiement*', 'payer', 'payé*', 'compte bancaire', 'impayé*', 'régler ~ facture'],
      hint: ['carte', 'banque', 'refusé*', 'argent', 'débité*'],
    },
    'user-support': {
      sure: ['comment faire', 'comment puis je', 'comment peut on', 'comment pouvons nous', 'comment exporter', 'comment modifier', 'comment ajouter', 'comment créer', 'comment configurer', 'comment changer', 'où trouver', 'où puis je', 'est il possible', 'y a t il un moyen', 'pas à pas', 'comment utiliser', 'comment partager', 'comment fonctionne'],
      likely: ['comment', 'question d utilisation', 'expliquer', 'quel paramètre', 'quels paramètres', 'pouvez vous m indiquer', 'mode opératoire'],
      hint: ['question*', 'export*', 'rapport*', 'paramètre*', 'modèle*', 'filtre*', 'tableau de bord'],
    },
    'break-fix': {
      sure: ['plante*', 'plantage*', 'ne fonctionne pas', 'ne fonctionne plus', 'ne marche pas', 'ne marche plus', 'message d erreur', 'erreur 500', 'impossible de se connecter', 'impossible de me connecter', 'impossible de nous connecter', 'connexion ~ échoue', 'page blanche', 'écran blanc', 'se fige', 'bogue*', 'bug', 'bugs', 'perte de données', 'ne s ouvre plus', 'ne s ouvre pas', 'ne répond plus', 'ne répond pas', 'données ~ disparu*', 'corrompu*', 'dysfonctionnement*'],
      likely: ['erreur', 'erreurs', 'échoue', 'échec', 'anomalie*', 'délai dépassé', 'résultats faux', 'ne charge pas', 'ne se charge', 'synchronisation', 'bloqué*'],
      hint: ['problème*', 'connexion', 'mot de passe', 'lent*', 'mise à jour'],
    },
    'service-health': {
      sure: ['panne', 'pannes', 'panne générale', 'service ~ indisponible', 'service ~ interrompu', 'interruption de service', 'interruption ~ service', 'hors service', 'plus personne', 'personne ne peut', 'personne n arrive', 'personne ne parvient', 'tous les utilisateurs', 'tous nos utilisateurs', 'toute l entreprise', 'erreur 503', 'page d état', 'service ~ dégradé', 'inaccessible ~ tous', 'totalement inaccessible'],
      likely: ['indisponible*', 'indisponibilité', 'inaccessible*', 'hors ligne', 'tous les sites', 'tout le monde', 'dégradé*', 'perturbation*'],
      hint: ['depuis ce matin', 'incident', 'région*', 'lenteur*'],
    },
    'service-level': {
      sure: ['sla', 'niveau de service', 'niveaux de service', 'engagement* ~ disponibilité', 'taux de disponibilité', 'disponibilité ~ garanti*', 'pénalité*', 'crédit* de service', 'délai* ~ intervention', 'temps de réponse ~ contrat*', 'délai de résolution', 'gti', 'gtr', 'rupture de contrat', 'délai* contractuel*', '99 9', '99 95'],
      likely: ['engagement*', 'garanti*', 'compensation', 'dédommagement*', 'indemnité*', 'indemnisation', 'non respect', 'contractuel*'],
      hint: ['contrat*', 'disponibilité', 'accord'],
    },
    documentation: {
      sure: ['documentation*', 'guide utilisateur', 'guide de l utilisateur', 'guide d administration', 'manuel utilisateur', 'mode d emploi', 'référence api', 'référence de l api', 'notes de version', 'notice*', 'guide d installation', 'fiche technique', 'livre blanc', 'fiches techniques'],
      likely: ['manuel*', 'guide*', 'doc', 'article*', 'base de connaissances', 'pdf', 'documenté*'],
      hint: ['page', 'chapitre', 'obsolète*', 'lien*', 'décrit*', 'périmé*'],
    },
    training: {
      sure: ['formation', 'formations', 'formateur*', 'webinaire*', 'atelier*', 'stage de formation', 'former ~ équipe*', 'former ~ utilisateurs', 'e learning', 'session de formation', 'séminaire*', 'certifiante*'],
      likely: ['cours', 'parcours d apprentissage', 'tutoriel*', 'former', 'apprentissage'],
      hint: ['session*', 'participants', 'apprendre', 'équipe*', 'nouveaux collègues'],
    },
    activation: {
      sure: ['lien d activation', 'mail d activation', 'e mail d activation', 'courriel d activation', 'code d activation', 'activation ~ échou*', 'activation ~ échec', 'pas été activé*', 'pas activé*', 'impossible d activer', 'n arrivons pas à activer', 'activer ~ achat', 'activer ~ produit', 'activer ~ abonnement', 'en attente d activation', 'page d accueil ~ activation', 'page d activation', 'toujours pas activé*'],
      likely: ['activation', 'activer', 'activé', 'e mail de bienvenue', 'mail de bienvenue'],
      hint: ['acheté*', 'attente', 'lien', 'accès', 'provisionné*'],
    },
    'licence-management': {
      sure: ['attribu* ~ licence*', 'affect* ~ licence*', 'assign* ~ licence*', 'retirer ~ licence*', 'libérer ~ licence*', 'licence* ~ utilisateur*', 'licence* ~ collaborateur*', 'licence* ~ salarié*', 'licence* ~ collègue*', 'transférer ~ licence*', 'clé de licence', 'clés de licence', 'clé de produit', 'réattribu* ~ licence*', 'réaffect* ~ licence*', 'licence* ~ disponible*', 'licence ~ expirée'],
      likely: ['licence', 'licences', 'clé d activation du logiciel'],
      hint: ['utilisateur*', 'collaborateur*', 'attribu*', 'quitté l entreprise', 'départ'],
    },
    'offer-management': {
      sure: ['offre privée', 'offres privées', 'publi* ~ offre*', 'publi* ~ marketplace', 'fiche ~ marketplace', 'place de marché ~ offre*', 'place de marché ~ publi*', 'fiche ~ place de marché', 'offre ~ certification', 'offre ~ visible', 'appsource', 'offre ~ rejetée', 'référencement ~ offre', 'créer ~ offre', 'offre ~ ligne', 'plan privé', 'annonce ~ marketplace'],
      likely: ['place de marché', 'marketplace', 'publication', 'offre', 'offres'],
      hint: ['logo', 'aperçu', 'certification', 'publi*', 'plan'],
    },
    'commerce-transaction': {
      sure: ['commande ~ échou*', 'commande ~ échoue', 'commande ~ échec', 'commande ~ bloquée', 'commande ~ erreur', 'commande ~ refusée', 'commande ~ rejetée', 'commande ~ attente', 'passer ~ commande', 'impossible de commander', 'impossible d acheter', 'achat ~ échou*', 'achat ~ échoue', 'achat ~ erreur', 'achat ~ impossible', 'panier', 'transaction ~ échou*', 'transaction ~ refusée', 'numéro de commande', 'valider ~ commande', 'valider ~ achat'],
      likely: ['commande', 'commandes', 'commander', 'achat', 'acheter', 'transaction*'],
      hint: ['erreur', 'échoue', 'bloquée', 'valider', 'confirm*'],
    },
    'partner-billing': {
      sure: ['rapprochement', 'fichier de rapprochement', 'facture* ~ microsoft', 'facture* ~ espace partenaires', 'facture* ~ partner center', 'facture partenaire', 'crédit partenaire', 'partner earned credit', 'pec', 'liste de prix', 'grille tarifaire', 'marge partenaire', 'remise partenaire', 'microsoft ~ facturé', 'réconciliation', 'fichier d utilisation', 'fichier de réconciliation', 'lignes de facturation'],
      likely: ['marge*', 'remise revendeur', 'prix d achat', 'lignes de facture'],
      hint: ['microsoft', 'espace partenaires', 'partner center', 'csp', 'facture*'],
    },
    'account-support': {
      sure: ['espace partenaires ~ compte', 'espace partenaires ~ accès', 'espace partenaires ~ connexion', 'espace partenaires ~ connecter', 'partner center ~ compte', 'partner center ~ accès', 'partner center ~ connexion', 'partner center ~ connecter', 'partner center ~ vérification', 'espace partenaires ~ vérification', 'profil fiscal', 'formulaire fiscal', 'identifiant mpn', 'id mpn', 'compte partenaire', 'compte éditeur', 'compte vendeur', 'versement*', 'vérification de l entreprise', 'profil de paiement ~ éditeur', 'reversement*'],
      likely: ['espace partenaires', 'partner center', 'programme partenaire*', 'profil partenaire', 'vérification d identité'],
      hint: ['vérification', 'verrouillé', 'compte', 'microsoft', 'profil'],
    },
    'azure-deployment': {
      sure: ['modèle arm', 'template arm', 'groupe de ressources', 'groupes de ressources', 'déploiement ~ azure', 'déploiement ~ échou*', 'déploiement ~ échoue', 'déploiement ~ échec', 'déployer ~ azure', 'machine virtuelle', 'machines virtuelles', 'quota ~ dépassé', 'quota ~ insuffisant', 'vcpu*', 'application managée', 'application gérée', 'bicep', 'kubernetes', 'aks', 'région azure', 'approvisionnement ~ azure', 'image de conteneur', 'quota ~ coeurs', 'fournisseur de ressources'],
      likely: ['azure', 'déploiement*', 'déployer', 'quota*', 'vm', 'sous réseau'],
      hint: ['modèle', 'région', 'échoue', 'échec', 'réseau'],
    },
    other: {
      sure: ['retour d expérience', 'félicitation*', 'demande presse', 'newsletter*', 'lettre d information', 'interlocuteur*', 'changement d adresse', 'nouvelle adresse', 'déménag*', 'questionnaire fournisseur', 'candidature*', 'client de référence', 'traitement des données', 'nouveau numéro de téléphone', 'personne de contact', 'parrainage'],
      likely: ['suggestion*', 'question générale', 'demande générale', 'réclamation*', 'questionnaire*', 'enquête', 'sondage'],
      hint: ['adresse', 'remerci*', 'contact*', 'réunion'],
    },
  },
};
