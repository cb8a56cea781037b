import { Component, output, resource } from '@angular/core';
import { demoPeople, signIn } from './session';

@Component({
  selector: 'app-sign-in',
  template: `
    <section aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in</h1>
      <ul>
        @for (person of people.value(); track person.id) {
          <li>
            <button type="button" (click)="handleClick(person.id)">{{ person.name }}</button>
          </li>
        }
      </ul>
    </section>
  `,
})
export class SignIn {
  readonly signedIn = output();
  protected readonly people = resource({ loader: demoPeople, defaultValue: [] });

  protected async handleClick(id: string): Promise<void> {
    await signIn(id);
    this.signedIn.emit();
  }
}
