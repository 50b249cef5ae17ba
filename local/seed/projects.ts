import type { NonEmpty } from './seeded-random.ts';

/** What a team works on: one experiment, whose runs resemble each other. */
export interface Project {
  readonly name: string;
  /** Its share of all runs, beside the others' shares. */
  readonly weight: number;
  readonly team: string;
  readonly users: NonEmpty<string>;
  readonly script: string;
  readonly note: string;
  readonly models: NonEmpty<string>;
  readonly dataset: { readonly name: string; readonly source: string };
  /** The metric to be proud of: higher is better, 1 is perfect. */
  readonly quality: string;
  /** The quality of a model that guesses, and of the best one can hope for. */
  readonly guess: number;
  readonly best: number;
  /** The loss of the first step. */
  readonly firstLoss: number;
}

/** The projects of the seeded world. */
export const PROJECTS: NonEmpty<Project> = [
  {
    name: 'product-image-classifier',
    weight: 40,
    team: 'vision',
    users: ['amara', 'jonas', 'mei', 'priya'],
    script: 'train_classifier.py',
    note: 'Which of 200 shelf categories does a product photo show?',
    models: ['resnet50', 'efficientnet_b0', 'vit_small', 'convnext_tiny'],
    dataset: { name: 'product-photos', source: 's3://datasets/product-photos' },
    quality: 'accuracy',
    guess: 0.005,
    best: 0.94,
    firstLoss: 5.3,
  },
  {
    name: 'support-ticket-ner',
    weight: 25,
    team: 'language',
    users: ['lucia', 'tomasz', 'wei'],
    script: 'finetune_ner.py',
    note: 'Names, order numbers and products in tickets.',
    models: ['distilbert-base', 'bert-base', 'deberta-v3-small'],
    dataset: { name: 'annotated-tickets', source: 's3://datasets/annotated-tickets' },
    quality: 'f1',
    guess: 0.05,
    best: 0.91,
    firstLoss: 2.2,
  },
  {
    name: 'card-fraud',
    weight: 20,
    team: 'risk',
    users: ['fatima', 'oskar', 'sven'],
    script: 'train_fraud.py',
    note: 'Ranks card payments by suspicion; 0.2 % of them are fraud.',
    models: ['gbdt', 'mlp', 'graphsage'],
    dataset: { name: 'card-payments', source: 's3://datasets/card-payments' },
    quality: 'auc',
    guess: 0.5,
    best: 0.985,
    firstLoss: 0.69,
  },
  {
    name: 'demand-forecast',
    weight: 10,
    team: 'supply',
    users: ['ines', 'kofi'],
    script: 'forecast.py',
    note: 'Units sold by store and day, two weeks ahead.',
    models: ['nbeats', 'tft', 'lstm'],
    dataset: { name: 'daily-sales', source: 's3://datasets/daily-sales' },
    quality: 'r2',
    guess: 0,
    best: 0.87,
    firstLoss: 1.4,
  },
  {
    name: 'churn',
    weight: 5,
    team: 'growth',
    users: ['hana', 'marco'],
    script: 'churn.py',
    note: 'Who will leave within 30 days.',
    models: ['gbdt', 'logistic', 'mlp'],
    dataset: { name: 'accounts-monthly', source: 's3://datasets/accounts-monthly' },
    quality: 'auc',
    guess: 0.5,
    best: 0.89,
    firstLoss: 0.69,
  },
];
