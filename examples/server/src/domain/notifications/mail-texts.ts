import type { MailLocale } from '@ai-cockpit/sdk/contract';

/**
 * The texts of mails in one language, which a policy's messages replace: `open` by `mail.open`. `{product}`, `{host}` and
 * `{noun}` can stand in each, other placeholders where they stand here.
 */
export interface MailTexts {
  /** Of an event: what has happened, to what. */
  subject: string;
  application: string;
  when: string;
  open: string;
  /** Why this mail has come. */
  asked: string;
  unsubscribe: string;
  /** `{kind}` of a provider token; of an API key, that is the noun. */
  providerToken: string;
  /** `{when}` is "in 7 days", "tomorrow" or "today". */
  expires: string;
  expiresWhen: string;
  apiKeyAdvice: string;
  providerTokenAdvice: string;
  openProfile: string;
  /** Why a warning has come, to somebody who has asked for nothing. */
  keeps: string;
  /** Where no page has a switch: how to end these mails, and that no page brings them back. */
  stop: string;
}

export const mailTexts: Readonly<Record<MailLocale, MailTexts>> = {
  en: {
    subject: '{outcome}: {title}',
    application: 'Application',
    when: 'When',
    open: 'Open in {product}',
    asked: 'You receive this e-mail because e-mail notifications are turned on in your {product} profile.',
    unsubscribe: 'Unsubscribe',
    providerToken: 'Provider token',
    expires: '{kind} “{name}” expires {when}',
    expiresWhen: 'Expires',
    apiKeyAdvice: 'After that, it stops working. Create a new one before then and replace this one.',
    providerTokenAdvice:
      'After that, agents can no longer use it. Create a new one at the provider before then and save it here.',
    openProfile: 'Open your profile',
    keeps: 'You receive this e-mail because you can renew this item in {product}.',
    stop: 'To stop these e-mails, use “Unsubscribe” in your mail program. After that, only an administrator of {product} can turn them back on.',
  },
  'pt-BR': {
    subject: '{outcome}: {title}',
    application: 'Aplicação',
    when: 'Quando',
    open: 'Abrir no {product}',
    asked: 'Você recebeu este e-mail porque as notificações por e-mail estão ativadas no seu perfil do {product}.',
    unsubscribe: 'Cancelar inscrição',
    providerToken: 'Token de provedor',
    expires: '{kind} “{name}” expira {when}',
    expiresWhen: 'Expira em',
    apiKeyAdvice: 'Depois disso, o acesso deixa de funcionar. Crie antes outra credencial e substitua esta.',
    providerTokenAdvice: 'Depois disso, os agentes não poderão usá-lo. Crie outro no provedor antes e salve-o aqui.',
    openProfile: 'Abrir seu perfil',
    keeps: 'Você recebeu este e-mail porque você pode renovar este item no {product}.',
    stop: 'Para não receber mais e-mails como este, use “Cancelar inscrição” no seu programa de e-mail. Depois disso, somente um administrador de {product} pode reativá-los.',
  },
  es: {
    subject: '{outcome}: {title}',
    application: 'Aplicación',
    when: 'Cuándo',
    open: 'Abrir en {product}',
    asked: 'Recibe este correo porque las notificaciones por correo están activadas en su perfil de {product}.',
    unsubscribe: 'Cancelar la suscripción',
    providerToken: 'Token de proveedor',
    expires: '{kind} “{name}” caduca {when}',
    expiresWhen: 'Caduca',
    apiKeyAdvice: 'Después dejará de dar acceso. Cree antes otra credencial y sustituya esta.',
    providerTokenAdvice: 'Después los agentes no podrán usarlo. Cree antes otro en el proveedor y guárdelo aquí.',
    openProfile: 'Abrir su perfil',
    keeps: 'Recibe este correo porque puede renovar este elemento en {product}.',
    stop: 'Para no recibir más correos como este, use “Cancelar la suscripción” en su programa de correo. Después, solo un administrador de {product} puede reactivarlos.',
  },
  ja: {
    subject: '{outcome}：{title}',
    application: 'アプリケーション',
    when: '日時',
    open: '{product} で開く',
    asked: 'このメールは、{product} のプロフィールでメール通知が有効になっているため送信されました。',
    unsubscribe: '配信停止',
    providerToken: 'プロバイダートークン',
    expires: '{kind}「{name}」の有効期限が切れます（{when}）',
    expiresWhen: '有効期限',
    apiKeyAdvice: '期限を過ぎると使用できなくなります。それまでに新しいものを作成して、置き換えてください。',
    providerTokenAdvice:
      '期限を過ぎるとエージェントは使用できなくなります。それまでにプロバイダーで新しいものを作成して、ここに保存してください。',
    openProfile: 'プロフィールを開く',
    keeps: 'このメールは、{product} で更新できる方に送信しています。',
    stop: '今後このようなメールを受け取らない場合は、メールソフトの「配信停止」をご利用ください。その後の再開は、{product} の管理者のみが行えます。',
  },
};

/** Names that a host may give in the policy's messages, as it does for the elements: its noun, and kinds of event. */
export const sharedTexts: Readonly<Record<MailLocale, Readonly<Record<string, string>>>> = {
  en: {
    'noun.apiKey': 'API key',
    'noun.apiToken': 'API token',
    'notifications.event.job.completed': 'Job completed',
    'notifications.event.job.failed': 'Job failed',
    'notifications.event.job.stopped': 'Job stopped by a user',
    'notifications.event.application.created': 'Application created',
    'notifications.event.version.created': 'New version created',
  },
  'pt-BR': {
    'noun.apiKey': 'chave de API',
    'noun.apiToken': 'token de API',
    'notifications.event.job.completed': 'Job concluído',
    'notifications.event.job.failed': 'Job com falha',
    'notifications.event.job.stopped': 'Job interrompido por um usuário',
    'notifications.event.application.created': 'Aplicação criada',
    'notifications.event.version.created': 'Nova versão criada',
  },
  es: {
    'noun.apiKey': 'clave de API',
    'noun.apiToken': 'token de API',
    'notifications.event.job.completed': 'Trabajo completado',
    'notifications.event.job.failed': 'Trabajo fallido',
    'notifications.event.job.stopped': 'Trabajo detenido por un usuario',
    'notifications.event.application.created': 'Aplicación creada',
    'notifications.event.version.created': 'Nueva versión creada',
  },
  ja: {
    'noun.apiKey': 'APIキー',
    'noun.apiToken': 'APIトークン',
    'notifications.event.job.completed': 'ジョブが完了しました',
    'notifications.event.job.failed': 'ジョブが失敗しました',
    'notifications.event.job.stopped': 'ジョブがユーザーによって停止されました',
    'notifications.event.application.created': 'アプリケーションが作成されました',
    'notifications.event.version.created': '新しいバージョンが作成されました',
  },
};

/** The ids by which a policy's messages replace the texts of mails: `mail.open`. */
export const mailTextIds: readonly string[] = Object.keys(mailTexts.en).map((name) => `mail.${name}`);
