import type { ApiKeyCreatedEvent, ProfileSaveEvent } from '@ai-cockpit/elements';
import { ApiKeyCreate, CockpitClient, ProfileTabs } from '@ai-cockpit/elements/angular';
import type { Profile } from '@ai-cockpit/sdk';
import { Component, type OnInit, signal } from '@angular/core';
import { cockpit, signedIn, signOut } from './session';
import { SignIn } from './sign-in';

@Component({
  selector: 'app-root',
  imports: [ApiKeyCreate, CockpitClient, ProfileTabs, SignIn],
  template: `
    @if (profile() === null || isSessionExpired()) {
      <!-- Above the page, which keeps what was typed. -->
      <app-sign-in (signedIn)="handleSignedIn()" />
    }
    @if (profile(); as person) {
      <cockpit-client [client]="cockpit" (cockpit-session-expired)="isSessionExpired.set(true)">
        <header>
          <h1>{{ isVerified() ? person.firstName + '’s' : 'Your' }} profile</h1>
          <api-key-create (api-key-created)="handleCreated($event)"></api-key-create>
          <button type="button" (click)="handleSignOut()">Sign out</button>
        </header>
        @if (isVerified() && newest(); as key) {
          <p role="status">Angular has seen the new key {{ key }}.</p>
        }
        <main>
          <profile-tabs deep-link (profile-saved)="handleSaved($event)"></profile-tabs>
        </main>
      </cockpit-client>
    }
  `,
})
export class App implements OnInit {
  protected readonly cockpit = cockpit;
  /** Nothing until it is known who is signed in; `null` where nobody is. */
  protected readonly profile = signal<Profile | null | undefined>(undefined);
  protected readonly isSessionExpired = signal(false);
  protected readonly isVerified = signal(true);
  protected readonly newest = signal<string | undefined>(undefined);

  constructor() {
    // Here or in another tab: another person gets a page of their own, once the elements have dropped what was typed.
    cockpit.changes.addEventListener('user', () => void setTimeout(() => location.reload()));
    // On Back, the browser may show the page as it was left, to whoever is there by now.
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) void this.verify();
    });
  }

  async ngOnInit(): Promise<void> {
    this.profile.set(await signedIn());
  }

  private async verify(): Promise<void> {
    this.isVerified.set(false);
    try {
      this.profile.set(await signedIn());
      this.isVerified.set(true);
    } catch {
      location.reload();
    }
  }

  protected handleCreated({ apiKey }: ApiKeyCreatedEvent): void {
    this.newest.set(apiKey.maskedValue);
  }

  protected handleSaved({ profile }: ProfileSaveEvent): void {
    this.profile.set(profile);
  }

  protected async handleSignedIn(): Promise<void> {
    this.profile.set(await signedIn());
    this.isSessionExpired.set(false);
  }

  protected async handleSignOut(): Promise<void> {
    await signOut();
    this.profile.set(null);
    this.newest.set(undefined);
  }
}
