import type { MailLocale } from '@ai-cockpit/sdk/contract';

/** The texts of mails in one language. `{name}` is a placeholder. */
export interface LetterTexts {
  /** By kind of event; a host has its own words for these, and those for its own kinds, in the policy's messages. */
  events: Readonly<Record<string, string>>;
  /** Of an event: what has happened, to what. */
  subject: string;
  application: string;
  when: string;
  open: string;
  /** Why this mail has come. */
  asked: string;
  unsubscribe: string;
  apiKey: string;
  apiToken: string;
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

export const letterTexts: Readonly<Record<MailLocale, LetterTexts>> = {
  en: {
    events: {
      'job.completed': 'Job completed',
      'job.failed': 'Job failed',
      'job.stopped': 'Job stopped by a user',
      'application.created': 'Application created',
      'version.created': 'New version created',
    },
    subject: '{outcome}: {title}',
    application: 'Application',
    when: 'When',
    open: 'Open in {host}',
    asked: 'You receive this e-mail because e-mail notifications are turned on in your profile at {host}.',
    unsubscribe: 'Unsubscribe',
    apiKey: 'API key',
    apiToken: 'API token',
    providerToken: 'Provider token',
    expires: '{kind} “{name}” expires {when}',
    expiresWhen: 'Expires',
    apiKeyAdvice: 'After that, it stops working. Create a new one before then and replace this one.',
    providerTokenAdvice:
      'After that, agents can no longer use it. Create a new one at the provider before then and save it here.',
    openProfile: 'Open your profile',
    keeps: 'You receive this e-mail because you are responsible for renewing this at {host}.',
    stop: 'To stop these e-mails, use “Unsubscribe” in your mail program. After that, only an administrator of {host} can turn them back on.',
  },
  'pt-BR': {
    events: {
      'job.completed': 'Job concluído',
      'job.failed': 'Job com falha',
      'job.stopped': 'Job interrompido por um usuário',
      'application.created': 'Aplicação criada',
      'version.created': 'Nova versão criada',
    },
    subject: '{outcome}: {title}',
    application: 'Aplicação',
    when: 'Quando',
    open: 'Abrir em {host}',
    asked: 'Você recebeu este e-mail porque as notificações por e-mail estão ativadas no seu perfil em {host}.',
    unsubscribe: 'Cancelar inscrição',
    apiKey: 'Chave de API',
    apiToken: 'Token de API',
    providerToken: 'Token de provedor',
    expires: '{kind} “{name}” expira {when}',
    expiresWhen: 'Expira em',
    apiKeyAdvice: 'Depois disso, o acesso deixa de funcionar. Crie outro antes e substitua este.',
    providerTokenAdvice: 'Depois disso, os agentes não poderão usá-lo. Crie outro no provedor antes e salve-o aqui.',
    openProfile: 'Abrir seu perfil',
    keeps: 'Você recebeu este e-mail porque cabe a você renovar este item em {host}.',
    stop: 'Para não receber mais e-mails como este, use “Cancelar inscrição” no seu programa de e-mail. Depois disso, somente um administrador de {host} pode reativá-los.',
  },
  es: {
    events: {
      'job.completed': 'Trabajo completado',
      'job.failed': 'Trabajo fallido',
      'job.stopped': 'Trabajo detenido por un usuario',
      'application.created': 'Aplicación creada',
      'version.created': 'Nueva versión creada',
    },
    subject: '{outcome}: {title}',
    application: 'Aplicación',
    when: 'Cuándo',
    open: 'Abrir en {host}',
    asked: 'Recibe este correo porque las notificaciones por correo están activadas en su perfil de {host}.',
    unsubscribe: 'Cancelar la suscripción',
    apiKey: 'Clave de API',
    apiToken: 'Token de API',
    providerToken: 'Token de proveedor',
    expires: '{kind} “{name}” caduca {when}',
    expiresWhen: 'Caduca',
    apiKeyAdvice: 'Después dejará de dar acceso. Cree antes otra credencial y sustituya esta.',
    providerTokenAdvice: 'Después los agentes no podrán usarlo. Cree antes otro en el proveedor y guárdelo aquí.',
    openProfile: 'Abrir su perfil',
    keeps: 'Recibe este correo porque le corresponde renovar este elemento en {host}.',
    stop: 'Para no recibir más correos como este, use “Cancelar la suscripción” en su programa de correo. Después, solo un administrador de {host} puede reactivarlos.',
  },
  ja: {
    events: {
      'job.completed': 'ジョブが完了しました',
      'job.failed': 'ジョブが失敗しました',
      'job.stopped': 'ジョブがユーザーによって停止されました',
      'application.created': 'アプリケーションが作成されました',
      'version.created': '新しいバージョンが作成されました',
    },
    subject: '{outcome}：{title}',
    application: 'アプリケーション',
    when: '日時',
    open: '{host} で開く',
    asked: 'このメールは、{host} のプロフィールでメール通知が有効になっているため送信されました。',
    unsubscribe: '配信停止',
    apiKey: 'APIキー',
    apiToken: 'APIトークン',
    providerToken: 'プロバイダートークン',
    expires: '{kind}「{name}」の有効期限が切れます（{when}）',
    expiresWhen: '有効期限',
    apiKeyAdvice: '期限を過ぎると使用できなくなります。それまでに新しいものを作成して、置き換えてください。',
    providerTokenAdvice:
      '期限を過ぎるとエージェントは使用できなくなります。それまでにプロバイダーで新しいものを作成して、ここに保存してください。',
    openProfile: 'プロフィールを開く',
    keeps: 'このメールは、{host} であなたが更新を担当しているため送信されました。',
    stop: '今後このようなメールを受け取らない場合は、メールソフトの「配信停止」をご利用ください。その後の再開は、{host} の運営者のみが行えます。',
  },
};
